package io.triport.manager.cloudflare.ai;

import io.triport.identity.edge.Layer;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.answer.Replies;
import java.util.regex.Pattern;

/** A refusal in the words of OpenAI's API (its reference, "Error codes"). */
public final class OpenAiError {
    private static final Pattern PATH = Pattern.compile("/client/v4/accounts/[^/]+/ai/v1/.*");

    private OpenAiError() {}

    /** Whether clients of a path know these words. @param path without what stands in front of all paths of the app */
    public static boolean speaks(String path) {
        return PATH.matcher(path).matches();
    }

    public static StreamReply of(Refused refused) {
        var problem = refused.problem();
        var error = Json.object()
                .put("message", refused.sentence())
                .put("type", type(problem))
                .putNull("param")
                .put("code", problem.code());
        return Replies.json(problem.status(), Json.object().set("error", error))
                .with(Layer.HEADER, problem.layer().text())
                .with(refused.fields());
    }

    private static String type(Problem problem) {
        return switch (problem.status()) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> problem.status() < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
