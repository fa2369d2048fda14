package io.triport.storage.peer;

import io.triport.domain.request.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;

/**
 * What passes between two nodes in one piece: its length in four bytes, what it is in one, of which exchange in eight, and its body.
 *
 * @param exchange numbered by the node that has begun the connection; 0 for what is of none
 */
record Frame(Kind kind, long exchange, Bytes body) {
    /** Bytes of a body: a message of a socket, or an event with its address, and room for what is around it. */
    static final int MOST = 64 * 1024 * 1024;

    private static final int HEAD = 1 + Long.BYTES;

    /** Those of the node that hands on, and the answers. */
    enum Kind {
        /** The first of both sides: which form frames have. */
        HELLO,
        /** That the other side is still there. */
        PING,
        /** An event. */
        ASK,
        /** An event in which an object is asked to take a client, who has the exchange from then on. */
        CONNECT,
        /** What a client has said, behind the number of the exchange in which it was taken. */
        HEARD,
        /** How a client's connection has ended, behind the same number. */
        LEFT,
        /** What the object has answered, or nothing. */
        ANSWER,
        /** The client is not taken. */
        DECLINED,
        /** Another node has the object. */
        ELSEWHERE,
        /** Nothing happened. */
        MISSED,
        /** What was thrown. */
        FAILED,
        /** What the object says to the client. */
        SAY,
        /** How the object ends the client's connection. */
        END,
        /**
         * The last of a node that stops: which exchanges it has begun and not answered. Of all others that are not answered nothing
         * happened.
         */
        BYE
    }

    /** Of no exchange. */
    static Frame of(Kind kind, Bytes body) {
        return new Frame(kind, 0, body);
    }

    int size() {
        return HEAD + Integer.BYTES + body.size();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(HEAD + body.size());
        out.writeByte(kind.ordinal());
        out.writeLong(exchange);
        out.write(body.toByteArray());
    }

    /** @throws IOException also for what is no frame */
    static Frame read(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < HEAD || length - HEAD > MOST) {
            throw new StreamCorruptedException("frame: length " + length);
        }
        var kind = in.readUnsignedByte();
        if (kind >= Kind.values().length) {
            throw new StreamCorruptedException("frame: kind " + kind);
        }
        var exchange = in.readLong();
        var body = new byte[length - HEAD];
        in.readFully(body);
        return new Frame(Kind.values()[kind], exchange, Bytes.copyOf(body));
    }
}
