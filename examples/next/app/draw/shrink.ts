// From a drawing to what the network knows: 8 × 8 pixels from 0 to 16, made as those of the training set were.
//
// The drawing is centred and scaled to 32 × 32 black or white pixels; each 4 × 4 block is counted.

const SIZE = 32;
const BLOCK = 4;
/** How much of the square a digit fills. */
const FILL = 28;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function inkBox({ data, width, height }: ImageData): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[(y * width + x) * 4 + 3]! < 128) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Where the strokes go. They are read after each of them. */
export function inkOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  return canvas.getContext('2d', { willReadFrequently: true })!;
}

/** The pixels of a drawing, row by row; undefined where nothing was drawn. */
export function shrink(canvas: HTMLCanvasElement): number[] | undefined {
  const box = inkBox(inkOf(canvas).getImageData(0, 0, canvas.width, canvas.height));
  if (box === undefined) return undefined;
  const scale = FILL / Math.max(box.width, box.height);
  const [width, height] = [box.width * scale, box.height * scale];
  const small = new OffscreenCanvas(SIZE, SIZE).getContext('2d')!;
  small.imageSmoothingQuality = 'high';
  small.drawImage(
    canvas,
    box.left,
    box.top,
    box.width,
    box.height,
    (SIZE - width) / 2,
    (SIZE - height) / 2,
    width,
    height,
  );
  const { data } = small.getImageData(0, 0, SIZE, SIZE);
  const blocks = SIZE / BLOCK;
  const counts = new Array<number>(blocks * blocks).fill(0);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    if (data[i * 4 + 3]! >= 128) counts[Math.floor(y / BLOCK) * blocks + Math.floor(x / BLOCK)]!++;
  }
  return counts;
}
