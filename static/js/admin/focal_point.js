/* Shows the focal point on the picture and in a crop, and sets it on click. A newly selected
   picture is shown before it is uploaded. */

class FocalPoint {
  constructor(group) {
    this.group = group;
    [this.x, this.y] = ["x", "y"].map((axis) => group.querySelector(`[data-axis=${axis}]`));
    group.prepend(group.querySelector("template").content.cloneNode(true));
    this.pictures = group.querySelector(".focal_point__pictures");
    [this.whole, this.crop] = group.querySelectorAll("img");
    this.whole.addEventListener("click", (event) => this.point(event));
    group.addEventListener("input", () => this.show());
    this.show();
  }

  use(source) {
    this.pictures.hidden = !source;
    if (source) this.whole.src = this.crop.src = source;
  }

  point({ offsetX, offsetY }) {
    this.x.value = (100 * offsetX) / this.whole.clientWidth;
    this.y.value = (100 * offsetY) / this.whole.clientHeight;
    this.x.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    const mark = this.group.querySelector(".focal_point__mark");
    mark.style.left = `${this.x.value}%`;
    mark.style.top = `${this.y.value}%`;
    this.crop.style.objectPosition = `${this.x.value}% ${this.y.value}%`;
  }
}

const group = document.querySelector(".focal_point");

if (group) {
  const focalPoint = new FocalPoint(group);
  const stored = document.querySelector(".picture__image");
  focalPoint.use(stored?.src);
  if (stored) stored.hidden = true;
  group.closest("form").querySelector("[type=file]").addEventListener("change", (event) => {
    const [file] = event.target.files;
    const reader = new FileReader();
    reader.addEventListener("load", () => focalPoint.use(reader.result));
    if (file) reader.readAsDataURL(file);
  });
}
