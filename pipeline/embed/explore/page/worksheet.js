// The worksheet in the help of a laboratory: links that set up experiments, and a sheet on paper.

import { isDrawn } from "./draw.js";

/** sheet: its element, which goes where its links would not set up all that its experiments are. */
export function connectWorksheet(sheet, lab) {
  if (!isSetUp(lab)) {
    sheet.remove();
    return;
  }
  const dialog = sheet.closest("dialog");
  sheet.addEventListener("click", ({ target }) => target.closest("a") && dialog.close());
  sheet.querySelector(".print").onclick = () => print();
  addEventListener("beforeprint", () => (sheet.open = true));
}

/** Whether what no address says is as the experiments have it: laws of the weights, and no output bias. */
function isSetUp({ init, output_bias }) {
  const usual = init.scaling === "pytorch" ? "uniform" : "normal";
  return isDrawn(init) && init.distribution === usual && init.bias_ratio === 1 && !output_bias;
}
