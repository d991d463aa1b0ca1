// Numbered dots as small pictures, drawn once and then copied: text and arcs for 1,500 stops a frame would be slow.

export class Sprites {
  constructor() {
    this.pictures = new Map();
    this.ratio = 1;
  }

  // Forget all, for another theme or another screen.
  reset(ratio) {
    this.pictures.clear();
    this.ratio = ratio;
  }

  // look: {fill, ink, edge, halo}; text may be empty. Returns a canvas of (2 radius + 4)² device-independent pixels.
  dot(look, radius, text, notched) {
    const key = `${look.fill} ${radius} ${text} ${notched}`;
    let picture = this.pictures.get(key);
    if (!picture) {
      picture = this.paint(look, radius, text, notched);
      this.pictures.set(key, picture);
    }
    return picture;
  }

  paint(look, radius, text, notched) {
    const size = 2 * radius + 4;
    const picture = document.createElement("canvas");
    picture.width = picture.height = Math.ceil(size * this.ratio);
    const pen = picture.getContext("2d");
    pen.scale(this.ratio, this.ratio);
    pen.translate(size / 2, size / 2);
    disc(pen, radius + 0.5, look.halo);
    if (look.edge) disc(pen, radius, look.edge);
    disc(pen, look.edge ? radius - 0.6 : radius, look.fill);
    if (notched) notch(pen, radius, look.halo);
    if (text) {
      const size = radius < 6 ? 6.5 : text.length > 2 ? 7 : 8.5;
      pen.font = `700 ${size}px ${FAMILY}`;
      pen.fillStyle = look.ink;
      pen.textAlign = "center";
      pen.textBaseline = "alphabetic";
      pen.fillText(text, 0, size * 0.36);
    }
    return picture;
  }
}

export const FAMILY = '"Segoe UI Variable Text", "Segoe UI", "Inter", sans-serif';

function disc(pen, radius, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.fill();
}

// From the 13th driver on the colours repeat: a notch at the top tells the dots apart, as a dash does the lines.
function notch(pen, radius, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(-2.2, -radius - 1);
  pen.lineTo(2.2, -radius - 1);
  pen.lineTo(0, -radius + 2);
  pen.fill();
}
