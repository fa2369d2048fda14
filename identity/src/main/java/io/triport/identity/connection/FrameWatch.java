package io.triport.identity.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** In front of the codec of HTTP/2: a head, once begun, has to be complete in time. Confined to the event loop of its connection. */
final class FrameWatch extends ChannelInboundHandlerAdapter {
    /*
     * Nobody behind sees a head before it is whole, and no other stream goes on meanwhile (RFC 9113 section 4.3). So the bytes
     * are followed here from frame to frame; what is in them is for the codec to judge.
     */
    private static final int PREFACE = 24;
    private static final int FRAME_HEAD = 9;
    private static final int LENGTH_BYTES = 3;
    private static final int BYTE_BITS = 8;
    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final long patienceNanos;
    private int skip = PREFACE;
    private int at;
    private int length;
    private int type;
    private int flags;
    private boolean open;
    private @Nullable Future<?> timer;

    FrameWatch(EdgeLimits.Patience patience) {
        this.patienceNanos = patience.head().toNanos();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            follow(bytes);
            if (!inHead()) {
                stop();
            } else if (timer == null) {
                timer = context.executor().schedule(() -> context.close(), patienceNanos, TimeUnit.NANOSECONDS);
            }
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void follow(ByteBuf bytes) {
        var next = bytes.readerIndex();
        var end = bytes.writerIndex();
        while (next < end) {
            if (skip == 0) {
                head(bytes.getUnsignedByte(next++));
            } else {
                var step = Math.min(skip, end - next);
                skip -= step;
                next += step;
            }
            if (skip == 0 && at == FRAME_HEAD) {
                at = 0;
                if (open && (flags & END_HEADERS) != 0) {
                    open = false;
                    stop();
                }
            }
        }
    }

    private void head(int value) {
        if (at < LENGTH_BYTES) {
            length = at == 0 ? value : length << BYTE_BITS | value;
        } else if (at == TYPE_AT) {
            type = value;
        } else if (at == FLAGS_AT) {
            flags = value;
        }
        if (++at == FRAME_HEAD) {
            skip = length;
            open |= type == HEADERS || type == CONTINUATION;
        }
    }

    private boolean inHead() {
        return open || at > 0 && at < FRAME_HEAD;
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
