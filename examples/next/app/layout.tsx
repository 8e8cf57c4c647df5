import type { Metadata, Viewport } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Node MLX in Next.js', template: '%s · Node MLX' },
  description: 'Models that train and run in the server of a website.',
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f6f3' },
    { media: '(prefers-color-scheme: dark)', color: '#121417' },
  ],
};

const PAGES = [
  ['/train', 'Train'],
  ['/draw', 'Draw'],
  ['/text', 'Write'],
] as const;

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header className="bar">
          <Link href="/" className="name">
            Node <b>MLX</b>
          </Link>
          <nav>
            {PAGES.map(([href, name]) => (
              <Link key={href} href={href}>
                {name}
              </Link>
            ))}
          </nav>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
