// The solver at work beside the page: wishes go to a worker, what it finds comes back as promises.

const PATIENCE = 3000; // milliseconds that a newer wish waits for an older before this is given up

export class Desk {
  /** source: the worker's JavaScript; module: its bytes and layout. */
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
    this.worker.postMessage(this.module);
  }

  /** Resolves to the solution of a wish; rejects with an Error of one sentence. */
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
    else reject(new Error(complaint));
  }

  /** Give up all that is asked, and begin anew. */
  restart() {
    this.worker.terminate();
    for (const { reject } of this.asked.values()) reject(new Error("given up for a newer wish"));
    this.asked.clear();
    this.open();
  }
}

/** A function that solves the newest of the wishes it is given, one at a time, and hands over what is found. */
export function newestFirst(desk, show, complain) {
  let waiting, busy = false;
  async function work() {
    busy = true;
    while (waiting) {
      const wish = waiting;
      waiting = undefined;
      try {
        show(wish, await desk.solve(wish));
      } catch (error) {
        if (!waiting) complain(error.message);
      }
    }
    busy = false;
  }
  let timer = 0;
  return (wish) => {
    waiting = wish;
    if (!busy) work();
    clearTimeout(timer);
    timer = setTimeout(() => waiting && desk.restart(), PATIENCE);
  };
}
