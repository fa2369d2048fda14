package io.triport.manager.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.RequestId;
import io.triport.identity.edge.Layer;
import io.triport.identity.stream.StreamReply;
import java.util.function.UnaryOperator;

/** Answers of the manager's own API. */
public final class Replies {
    public static final String JSON = "application/json; charset=utf-8";

    private Replies() {}

    /** What was asked for has been done, and there is nothing to show. */
    public static StreamReply done() {
        return json(200, Json.object().put("success", true));
    }

    public static StreamReply ok(JsonNode result) {
        return of(200, result);
    }

    /** The same around what may be long. */
    public static StreamReply streamed(UnaryOperator<LongJson> result) {
        return result.apply(new LongJson().plain("{\"success\":true,\"result\":"))
                .plain("}")
                .reply();
    }

    /** The envelope of success around a result. */
    public static StreamReply of(int status, JsonNode result) {
        return json(status, Json.object().put("success", true).set("result", result));
    }

    public static StreamReply json(int status, JsonNode whole) {
        return StreamReply.of(status, JSON, Json.bytes(whole)).with("Cache-Control", "no-store");
    }

    public static StreamReply error(Refused refused, RequestId request) {
        var problem = refused.problem();
        var body = Json.object()
                .put("success", false)
                .put("error", refused.sentence())
                .put("code", problem.code())
                .put("request_id", request.text());
        if (refused.details() != null) {
            body.set("details", refused.details());
        }
        return json(problem.status(), body)
                .with(Layer.HEADER, problem.layer().text())
                .with(refused.fields());
    }
}
