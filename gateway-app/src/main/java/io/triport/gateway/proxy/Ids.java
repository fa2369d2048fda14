package io.triport.gateway.proxy;

import io.triport.domain.request.RequestId;
import io.triport.domain.time.Randomness;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Fresh ids: UUIDs of version 7 for requests, trace contexts. Confined to one thread, which so asks for chance in bulk. */
final class Ids {
    private static final int BULK = 1_024;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int UUID_LENGTH = 36;
    private static final int TIME_BYTES = 6;
    private static final int CHANCE_BYTES = 10;
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private final Randomness randomness;
    private final Clock clock;
    private byte[] chance = new byte[0];
    private int used;

    Ids(Randomness randomness, Clock clock) {
        this.randomness = randomness;
        this.clock = clock;
    }

    /** RFC 9562 section 5.7. */
    RequestId request() {
        var text = new byte[UUID_LENGTH];
        var millis = clock.millis();
        var at = 0;
        for (var i = 0; i < TIME_BYTES; i++) {
            if (i == 4) {
                text[at++] = '-';
            }
            at = hex(text, at, (int) (millis >>> (40 - 8 * i)) & 0xFF);
        }
        draw(CHANCE_BYTES);
        for (var i = 0; i < CHANCE_BYTES; i++) {
            if (i == 0 || i == 2 || i == 4) {
                text[at++] = '-';
            }
            var value = chance[used + i] & 0xFF;
            at = hex(text, at, i == 0 ? value & 0x0F | 0x70 : i == 2 ? value & 0x3F | 0x80 : value);
        }
        used += CHANCE_BYTES;
        return new RequestId(new String(text, StandardCharsets.ISO_8859_1));
    }

    /** A trace that begins here (W3C Trace Context section 3.2); not sampled, since nothing of ours is recorded. */
    String traceparent() {
        var text = new byte[2 + 1 + 2 * TRACE_BYTES + 1 + 2 * SPAN_BYTES + 1 + 2];
        var at = hex(text, 0, 0);
        text[at++] = '-';
        draw(TRACE_BYTES + SPAN_BYTES);
        for (var i = 0; i < TRACE_BYTES + SPAN_BYTES; i++) {
            if (i == TRACE_BYTES) {
                text[at++] = '-';
            }
            at = hex(text, at, chance[used + i] & 0xFF);
        }
        used += TRACE_BYTES + SPAN_BYTES;
        text[at++] = '-';
        hex(text, at, 0);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** A number of 0 to below the bound. */
    int below(int bound) {
        draw(Integer.BYTES);
        var value = 0;
        for (var i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | chance[used + i] & 0xFF;
        }
        used += Integer.BYTES;
        return Math.floorMod(value, bound);
    }

    private void draw(int bytes) {
        if (used + bytes > chance.length) {
            chance = randomness.bytes(BULK);
            used = 0;
        }
    }

    private static int hex(byte[] text, int at, int value) {
        text[at] = HEX[value >>> 4];
        text[at + 1] = HEX[value & 0xF];
        return at + 2;
    }
}
