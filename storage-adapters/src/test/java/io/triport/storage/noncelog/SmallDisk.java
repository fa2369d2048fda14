package io.triport.storage.noncelog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A disk with so much room left; a write that does not fit leaves the part of itself that did. */
final class SmallDisk implements LogDisk.Opener {
    private final AtomicLong room;

    SmallDisk(long room) {
        this.room = new AtomicLong(room);
    }

    void room(long bytes) {
        room.set(bytes);
    }

    @Override
    public LogFile open(Path file) throws IOException {
        var real = DiskFile.open(file);
        return new LogFile() {
            @Override
            public void append(byte[] bytes) throws IOException {
                var fitting = (int) Math.min(bytes.length, room.get());
                real.append(Arrays.copyOf(bytes, fitting));
                room.addAndGet(-fitting);
                if (fitting < bytes.length) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void truncate(long length) throws IOException {
                real.truncate(length);
            }

            @Override
            public byte[] content() throws IOException {
                return real.content();
            }

            @Override
            public void force() throws IOException {
                real.force();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
