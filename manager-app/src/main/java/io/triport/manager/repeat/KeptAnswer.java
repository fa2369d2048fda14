package io.triport.manager.repeat;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import java.util.List;
import java.util.Optional;

/** What is kept of a named call: its answer as a line of JSON with status and fields and then the body; or that there is none. */
public final class KeptAnswer {
    /** The call was done; its answer was not made yet, or never was. */
    static final Bytes NONE_YET = Bytes.EMPTY;

    /** The call was done; its answer had a secret. */
    public static final Bytes SECRET = Bytes.utf8("{\"secret\":true}\n");

    private static final ByteSize MOST = ByteSize.ofMiB(8);
    private static final byte END = '\n';

    private KeptAnswer() {}

    /** Empty for one that is too long to be kept. */
    public static Optional<Bytes> of(StreamReply reply) {
        var content = reply.content();
        var body = content == null ? Bytes.EMPTY : content.buffered();
        if (body.size() > MOST.bytes()) {
            return Optional.empty();
        }
        var head = Json.object().put("status", reply.status());
        var fields = head.putArray("fields");
        reply.fields().forEach(field -> fields.addArray().add(field.name()).add(field.value()));
        return Optional.of(Bytes.joined(List.of(Json.bytes(head), Bytes.utf8("\n"), body)));
    }

    /** @throws io.triport.manager.answer.Refused ANSWER_NOT_KEPT */
    public static StreamReply reply(Bytes kept) {
        if (kept.equals(NONE_YET)) {
            // The first one may be about to answer.
            throw Problem.ANSWER_NOT_KEPT.refused().with("Retry-After", "1");
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
