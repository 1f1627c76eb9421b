import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchBrowser } from '../editor/launchBrowser.ts';
import { repositoryRoot } from '../editor/partsFolder.ts';

const scale = 0.75;
/** 0 … 1: enough to read the words of a window by. */
const quality = 0.3;

/** Makes the pictures of docs/images/small anew, which go into the package, from the large ones of the same names. */
export async function shrinkPictures(): Promise<void> {
  const folder = path.join(repositoryRoot, 'docs', 'images');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    for (const small of await readdir(path.join(folder, 'small'))) {
      const large = await readFile(path.join(folder, `${path.parse(small).name}.png`));
      const source = `data:image/png;base64,${large.toString('base64')}`;
      const shrunk = await page.evaluate(
        async ([from, by, good]) => {
          const image = new Image();
          image.src = from;
          await image.decode();
          const canvas = document.createElement('canvas');
          canvas.width = image.width * by;
          canvas.height = image.height * by;
          const context = canvas.getContext('2d');
          if (context === null) throw new Error('This browser draws nothing.');
          context.imageSmoothingQuality = 'high';
          context.drawImage(image, 0, 0, canvas.width, canvas.height);
          return canvas.toDataURL('image/webp', good);
        },
        [source, scale, quality] as const,
      );
      await writeFile(path.join(folder, 'small', small), Buffer.from(shrunk.split(',')[1] ?? '', 'base64'));
    }
  } finally {
    await browser.close();
  }
}
