package io.triport.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A disk that leaves a hole where a block is all zeros, so that gigabytes of them take no time and no room. Its checks are written. */
final class SparseDisk implements Disk {
    private final ByteBuffer zeros = ByteBuffer.allocate(Block.DATA);

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        var data = bytes.remaining() - Block.CHECK;
        if (bytes.slice(bytes.position(), data).equals(zeros.slice(0, data))) {
            channel.position(channel.position() + data);
            bytes.position(bytes.position() + data);
        }
        Disk.super.write(channel, bytes);
    }
}
