// Loading a library that is no module; once it is here, it is a property of window.
const scripts = new Map();

function append(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.onload = resolve;
    element.onerror = () => {
      element.remove();
      scripts.delete(address);
      reject(new Error(`${address} could not be fetched`));
    };
    element.src = address;
    document.head.append(element);
  });
}

/** Run the script at an address, once. Rejects when it cannot be fetched; then it may be asked for again. */
export function loadScript(address) {
  if (!scripts.has(address)) scripts.set(address, append(address));
  return scripts.get(address);
}
