// What every page gains with JavaScript. Nothing here is needed to use a page.
import { offerCopying } from "./copy.js";
import { offerDetails } from "./details.js";
import { offerDialogs } from "./dialogs.js";
import { offerGrids } from "./grid.js";
import { closeMenus } from "./menus.js";
import { offerShortcuts } from "./shortcuts.js";
import { showLocalTimes } from "./times.js";
import { offerZone } from "./zone.js";

function offerAll(root) {
  offerCopying(root);
  offerGrids(root);
  showLocalTimes(root);
}

closeMenus();
offerDialogs();
offerDetails();
offerShortcuts();
offerZone();
offerAll(document);
document.addEventListener("fresh", (event) => offerAll(event.detail));
