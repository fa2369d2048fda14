package io.triport.manager.repeat;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import java.util.List;

/** What is kept of a named call: its answer as a line of JSON with status and fields and then the body; or that there is none. */
public final class KeptAnswer {
    /** The call was done; its answer was not made yet, or never was. */
    static final Bytes NONE_YET = Bytes.EMPTY;

    /** What the call changes lies elsewhere, and nobody has noted yet whether it was done. */
    static final Bytes BEGUN = Bytes.utf8("{\"begun\":true}\n");

    /** The call was done; its answer had a secret. */
    public static final Bytes SECRET = Bytes.utf8("{\"secret\":true}\n");

    private static final ByteSize MOST = ByteSize.ofMiB(8);
    private static final byte END = '\n';

    private KeptAnswer() {}

    /** One that is too long to be kept leaves a note that it was given. */
    public static Bytes of(StreamReply reply) {
        var content = reply.content();
        if (content != null && content.length().isEmpty()) {
            // It is made while it is sent.
            return NONE_YET;
        }
        var body = content == null ? Bytes.EMPTY : content.buffered();
        if (body.size() > MOST.bytes()) {
            return NONE_YET;
        }
        var head = Json.object().put("status", reply.status());
        var fields = head.putArray("fields");
        reply.fields().forEach(field -> fields.addArray().add(field.name()).add(field.value()));
        return Bytes.joined(List.of(Json.bytes(head), Bytes.utf8("\n"), body));
    }

    /** @throws io.triport.manager.answer.Refused ANSWER_NOT_KEPT, or OUTCOME_UNKNOWN */
    public static StreamReply reply(Bytes kept) {
        if (kept.equals(NONE_YET)) {
            // The first one may be about to answer.
            throw Problem.ANSWER_NOT_KEPT.refused().with("Retry-After", "1");
        }
        if (kept.equals(BEGUN)) {
            throw Problem.OUTCOME_UNKNOWN.refused("This was begun before, and nobody noted whether it was done");
        }
        if (kept.equals(SECRET)) {
            throw Problem.ANSWER_NOT_KEPT.refused("This was done before; its answer has a secret, which is shown once");
        }
        var end = end(kept);
        var head = Json.parse(kept.slice(0, end));
        var reply = StreamReply.of(head.path("status").asInt());
        for (var field : head.path("fields")) {
            reply = reply.with(field.path(0).asText(), field.path(1).asText());
        }
        return reply.with(Content.of(kept.slice(end + 1, kept.size())));
    }

    /** Of the line, in which JSON has none. */
    private static int end(Bytes kept) {
        var at = 0;
        while (kept.at(at) != END) {
            at++;
        }
        return at;
    }
}
