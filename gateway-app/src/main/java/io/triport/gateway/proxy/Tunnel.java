package io.triport.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import io.triport.gateway.pool.UpstreamStream;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A WebSocket on its way through: bytes as they are, until either end closes or the credential ends. Confined to its event loop. */
final class Tunnel {
    /*
     * Closing
     *
     * A close frame of ours may stand only between two frames of the upstream. So its frames are followed, and when the
     * gateway has to close within one, the rest of that frame still goes through.
     */
    private static final int POLICY_VIOLATION = 1008;
    private static final int GOING_AWAY = 1001;
    private static final byte CLOSE_FRAME = (byte) 0x88;
    /** With the second until the next look, a minute at most. */
    private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(59);

    private final ProxyHandler client;
    private final UpstreamStream upstream;
    private final Services services;
    private final Instant validUntil;
    private final Recheck recheck;
    private final FrameScanner frames = new FrameScanner();
    private final Future<?> watch;
    private long checkedAt;
    private int closing;
    private boolean closed;
    private long fromClient;
    private long fromUpstream;

    /** Asks whether the credential still holds. */
    interface Recheck {
        /** @param refused runs on the event loop when it does not */
        void ask(Runnable refused);
    }

    Tunnel(ProxyHandler client, UpstreamStream upstream, Services services, Instant validUntil, Recheck recheck) {
        this.client = client;
        this.upstream = upstream;
        this.services = services;
        this.validUntil = validUntil;
        this.recheck = recheck;
        this.checkedAt = services.ticker().nanos();
        this.watch = client.loop().scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        var now = services.ticker().nanos();
        if (services.drain().begun()) {
            close(GOING_AWAY);
        } else if (!services.clock().instant().isBefore(validUntil)) {
            close(POLICY_VIOLATION);
        } else if (now - checkedAt >= RECHECK_NANOS) {
            checkedAt = now;
            recheck.ask(() -> close(POLICY_VIOLATION));
        }
    }

    void fromClient(ByteBuf bytes) {
        if (closed) {
            bytes.release();
            return;
        }
        fromClient += bytes.readableBytes();
        upstream.writeBytes(bytes);
    }

    void fromUpstream(ByteBuf bytes) {
        if (closed) {
            bytes.release();
            return;
        }
        fromUpstream += bytes.readableBytes();
        if (closing == 0) {
            frames.follow(bytes);
            client.write(bytes);
            return;
        }
        var end = frames.toNextEnd(bytes);
        client.write(end < 0 ? bytes : bytes.readRetainedSlice(end));
        if (end >= 0) {
            bytes.release();
            sayClose();
        }
    }

    void close(int code) {
        if (closing != 0 || closed) {
            return;
        }
        closing = code;
        if (frames.between()) {
            sayClose();
        } else {
            upstream.read();
        }
    }

    private void sayClose() {
        var frame = Unpooled.buffer(2 + Short.BYTES)
                .writeByte(CLOSE_FRAME)
                .writeByte(Short.BYTES)
                .writeShort(closing);
        client.writeAndClose(frame);
        over();
    }

    void over() {
        closed = true;
        watch.cancel(false);
    }

    long fromClientBytes() {
        return fromClient;
    }

    long fromUpstreamBytes() {
        return fromUpstream;
    }
}
