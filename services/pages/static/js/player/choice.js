// Which source a member likes to watch: remembered from clip to clip.
const NAME = "omsap.watched";

function remembered() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null; // this browser stores nothing
  }
}

let chosen = remembered();

/** The name of the source chosen last, or null. */
export const chosenSource = () => chosen;

/** Choose a source. */
export function chooseSource(name) {
  chosen = name;
  try {
    localStorage.setItem(NAME, name);
  } catch {
    return; // the choice holds for this page
  }
}
