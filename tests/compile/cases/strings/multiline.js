import * as py from 'mlx/python';
export const text = 'first\nsecond "quoted" `tick` ${dollar}\n';
py.print(text, { end: '' });
//# sourceMappingURL=multiline.js.map
