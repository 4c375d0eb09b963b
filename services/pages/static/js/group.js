// A group's page: it follows the server, opens tasks, and sends files.
import { follow } from "./events.js";
import "./tasks.js";
import "./sending/begin.js";

follow(document.querySelector("[data-page]").dataset.events);
