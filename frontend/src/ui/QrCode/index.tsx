import './style.css';

export interface QrCodeProps {
  /** The drawing as SVG. Shown as an image, so that nothing in it can run. */
  svg: string;
  /** What to do with it; the same content has to stand beside it as text. */
  alt: string;
}

/** A code for the camera of another device. */
export function QrCode({ svg, alt }: QrCodeProps) {
  return <img className="qr-code" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={alt} />;
}
