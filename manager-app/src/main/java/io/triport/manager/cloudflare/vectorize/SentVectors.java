package io.triport.manager.cloudflare.vectorize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorLines;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Multipart;
import io.triport.manager.route.Call;
import java.util.List;

/** Vectors as clients send and read them. */
final class SentVectors {
    /** What a form has beside the vectors. */
    private static final int FORM_BYTES = 65_536;

    private static final ByteSize LONGEST = ByteSize.ofBytes(VectorLines.MOST_BYTES.bytes() + FORM_BYTES);

    private SentVectors() {}

    /**
     * The vectors of a body, a line for each: the whole body, or the part {@code vectors} of a form, as the command line of the
     * Workers platform sends it.
     */
    static List<Vector> of(Call call) {
        var bad = switch (call.query().text("unparsable-behavior").orElse("error")) {
            case "error" -> VectorLines.Bad.ERROR;
            case "discard" -> VectorLines.Bad.DISCARD;
            default -> throw Fields.invalid("unparsable-behavior", "error or discard");
        };
        var type = call.fetch().headers().only("content-type").orElse("");
        var body = call.body(LONGEST);
        // The vectors lie in memory once more.
        call.hold(body.size());
        var text = Multipart.is(type)
                ? Multipart.parse(type, body)
                        .part("vectors")
                        .orElseThrow(() -> Fields.invalid("vectors", "a part of the form"))
                : body;
        try {
            return VectorLines.parse(text, bad).vectors();
        } catch (StorageFailure.Rejected e) {
            // No store has failed: the message says which line it is, and nothing that is in it.
            throw Problem.INVALID_ARGUMENT.refused(String.valueOf(e.getMessage()));
        }
    }

    /** What there is of a vector. */
    static ObjectNode shown(Vector vector) {
        var json = Json.object().put("id", vector.id().text());
        if (!vector.namespace().bytes().isEmpty()) {
            json.put("namespace", vector.namespace().text());
        }
        if (vector.values().dimensions() > 0) {
            var values = json.putArray("values");
            for (var at = 0; at < vector.values().dimensions(); at++) {
                values.add(vector.values().at(at));
            }
        }
        if (!vector.metadata().isNone()) {
            json.putRawValue("metadata", new RawValue(vector.metadata().json()));
        }
        return json;
    }
}
