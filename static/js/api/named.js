// The call that the page's address names is open, however one came to it.

export function openWhatIsNamed() {
  const open = () => {
    const call = document.getElementById(location.hash.slice(1));
    if (call?.matches("details")) call.open = true;
  };
  addEventListener("hashchange", open);
  open();
}
