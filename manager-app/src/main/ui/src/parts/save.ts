/** Hands bytes to the browser as a file. */
export function saveBytes(name: string, bytes: Uint8Array | string, type = 'application/octet-stream') {
  const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
