// A transformer over characters: each position predicts the character that follows.
import { core as mx, nn } from 'mlx';

export interface Size {
  characters: number;
  context: number;
  dims: number;
  heads: number;
  layers: number;
}

class Block extends nn.Module {
  declare attention: nn.MultiHeadAttention;
  declare before: nn.RMSNorm;
  declare between: nn.RMSNorm;
  declare up: nn.Linear;
  declare down: nn.Linear;

  constructor(dims: number, heads: number) {
    super();
    this.attention = new nn.MultiHeadAttention(dims, heads);
    this.before = new nn.RMSNorm(dims);
    this.between = new nn.RMSNorm(dims);
    this.up = new nn.Linear(dims, 4 * dims);
    this.down = new nn.Linear(4 * dims, dims);
  }

  override __call__(x: mx.array, mask: mx.array): mx.array {
    const y = this.before(x);
    const attended = x.add(this.attention(y, y, y, mask));
    return attended.add(this.down(nn.relu(this.up(this.between(attended)))));
  }
}

export class Transformer extends nn.Module {
  declare characters: nn.Embedding;
  declare positions: nn.Embedding;
  declare blocks: Block[];
  declare norm: nn.RMSNorm;
  declare scores: nn.Linear;

  constructor({ characters, context, dims, heads, layers }: Size) {
    super();
    this.characters = new nn.Embedding(characters, dims);
    this.positions = new nn.Embedding(context, dims);
    this.blocks = Array.from({ length: layers }, () => new Block(dims, heads));
    this.norm = new nn.RMSNorm(dims);
    this.scores = new nn.Linear(dims, characters);
  }

  /** Scores of shape (n, length, characters) for texts of shape (n, length). */
  override __call__(text: mx.array): mx.array {
    const length = text.shape[1]!;
    const mask = nn.MultiHeadAttention.create_additive_causal_mask(length);
    let x = this.characters(text).add(this.positions(mx.arange(length)));
    for (const block of this.blocks) x = block(x, mask);
    return this.scores(this.norm(x));
  }
}
