package io.triport.storage.caffeine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A disk with so much room; a write that does not fit leaves the part of itself that did. */
final class CrampedDisk implements BodyDisk {
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    void room(long bytes) {
        room.set(bytes);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        var wanted = bytes.remaining();
        var fitting = (int) Math.min(wanted, room.get());
        room.addAndGet(-fitting);
        BodyDisk.super.write(channel, bytes.slice(bytes.position(), fitting));
        if (fitting < wanted) {
            throw new IOException("No space left on device");
        }
    }
}
