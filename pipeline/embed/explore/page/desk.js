// The solver at work beside the page: wishes go to a worker, what it finds comes back as promises.

import { Complaint } from "./complaint.js";

const PATIENCE = 3000; // milliseconds that a newer wish waits for an older before this is given up

export class Desk {
  /** source: the worker's JavaScript; module: {bytes, layout} of the solver. */
  constructor(source, module) {
    this.address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.module = module;
    this.asked = new Map();
    this.count = 0;
    this.open();
  }

  open() {
    this.worker = new Worker(this.address);
    this.worker.onmessage = ({ data }) => this.answer(data);
    this.worker.postMessage({ module: this.module });
  }

  /** Resolves to the solution of a wish, as worker.js has it; rejects with a Complaint. */
  solve(wish) {
    const number = this.count++;
    return new Promise((resolve, reject) => {
      this.asked.set(number, { resolve, reject });
      this.worker.postMessage({ number, wish });
    });
  }

  answer({ number, solution, complaint }) {
    const { resolve, reject } = this.asked.get(number);
    this.asked.delete(number);
    if (solution) resolve(solution);
    else reject(new Complaint(complaint.name, complaint.values));
  }

  /** Give up all that is asked, and begin anew. */
  restart() {
    this.worker.terminate();
    for (const { reject } of this.asked.values()) reject(new Complaint("given_up"));
    this.asked.clear();
    this.open();
  }
}

/** A function that solves the newest of the wishes it is given, one at a time, and hands over what is found. */
export function newestFirst(desk, show, complain) {
  let waiting, busy = false;
  async function work() {
    busy = true;
    document.body.setAttribute("aria-busy", "true");
    while (waiting) {
      const wish = waiting;
      waiting = undefined;
      const solution = await desk.solve(wish).catch((error) => {
        if (!waiting) complain(error);
      });
      if (solution) show(wish, solution);
    }
    busy = false;
    document.body.removeAttribute("aria-busy");
  }
  let timer = 0;
  return (wish) => {
    waiting = wish;
    if (!busy) work();
    clearTimeout(timer);
    timer = setTimeout(() => waiting && desk.restart(), PATIENCE);
  };
}
