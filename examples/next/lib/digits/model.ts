// A small convolutional network for 8 × 8 digits.
import { type core as mx, nn } from 'mlx';

export class DigitNet extends nn.Module {
  declare first: nn.Conv2d;
  declare second: nn.Conv2d;
  declare scores: nn.Linear;

  constructor() {
    super();
    this.first = new nn.Conv2d(1, 16, 3, { padding: 1 });
    this.second = new nn.Conv2d(16, 32, 3, { stride: 2, padding: 1 });
    this.scores = new nn.Linear(4 * 4 * 32, 10);
  }

  /** Scores of shape (n, 10) for images of shape (n, 8, 8, 1). */
  override __call__(x: mx.array): mx.array {
    const features = nn.relu(this.second(nn.relu(this.first(x))));
    return this.scores(features.flatten(1));
  }
}
