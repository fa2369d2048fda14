package io.triport.identity.stream;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param fields without those of framing, date and request id, which the edge sets
 * @param content null for none; owned by the edge, which closes it where none is sent (HEAD, 204, 304)
 * @param length of the body that a HEAD does not send; null where the content says it
 * @param ending told once, when the last byte was sent or none can be sent any more
 * @param talk what follows on the connection where the answer is that it becomes a WebSocket; else null
 */
public record StreamReply(
        int status,
        List<Field> fields,
        @Nullable Content content,
        @Nullable Long length,
        Ending ending,
        @Nullable SocketTalk talk) {
    private static final Ending UNNOTICED = traffic -> {};
    private static final int SWITCHING = 101;

    public StreamReply {
        fields = List.copyOf(fields);
    }

    /** A field of the head; one of a name may be there several times. */
    public record Field(String name, String value) {}

    /** The end of an answer. */
    public interface Ending {
        void over(Traffic traffic);
    }

    /**
     * What crossed the client's connection.
     *
     * @param received bytes of the request's body, read or not
     * @param sent bytes of the answer's body that were given to the connection
     * @param whole whether that was all of it
     */
    public record Traffic(long received, long sent, boolean whole) {}

    public static StreamReply of(int status) {
        return new StreamReply(status, List.of(), null, null, UNNOTICED, null);
    }

    /** The connection becomes a WebSocket, which {@link SocketHandshake#of} has found the request to want. */
    public static StreamReply socket(SocketHandshake agreed, SocketTalk talk) {
        return new StreamReply(SWITCHING, agreed.fields(), null, null, UNNOTICED, talk);
    }

    public static StreamReply of(int status, String contentType, Bytes body) {
        return of(status).with("Content-Type", contentType).with(Content.of(body));
    }

    public StreamReply with(String name, String value) {
        var more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new StreamReply(status, more, content, length, ending, talk);
    }

    public StreamReply with(List<Field> others) {
        var more = new ArrayList<>(fields);
        more.addAll(others);
        return new StreamReply(status, more, content, length, ending, talk);
    }

    public StreamReply with(Content body) {
        return new StreamReply(status, fields, body, length, ending, talk);
    }

    /** For a HEAD: how long the body would be. */
    public StreamReply ofLength(long bytes) {
        return new StreamReply(status, fields, content, bytes, ending, talk);
    }

    public StreamReply whenOver(Ending told) {
        return new StreamReply(status, fields, content, length, told, talk);
    }

    OptionalLong bodyLength() {
        if (length != null) {
            return OptionalLong.of(length);
        }
        return content == null ? OptionalLong.of(0) : content.length();
    }
}
