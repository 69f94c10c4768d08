// What every page gains with JavaScript. Nothing here is needed to use a page.
import { offerCopying } from "./copy.js";
import { closeMenus } from "./menus.js";
import { showLocalTimes } from "./times.js";

closeMenus();
offerCopying(document);
showLocalTimes(document);
