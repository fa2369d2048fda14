package io.triport.domain.inference;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import java.net.URI;

/** What answers for a model. @see ModelBinding */
public sealed interface ModelBackend {
    /** Says what it was told: for tests. */
    record Echo() implements ModelBackend {}

    /** Vectors from words, without a model. @param dimensions 1..4096 */
    record Hash(int dimensions) implements ModelBackend {}

    /** A model in this process. @param directory with what the operator has put there, relative to the data directory of the app */
    record Onnx(String directory) implements ModelBackend {}

    /**
     * A server with an API like OpenAI's.
     *
     * @param base under which its paths begin, such as {@code https://api.openai.com/v1}; used as it is, so it comes from the operator
     *     alone
     * @param path behind it, such as {@code /chat/completions}, {@code /responses} or {@code /embeddings}, which says what is spoken
     *     there
     * @param model the name there
     * @param key the bearer token, empty for none
     */
    record OpenAi(URI base, String path, String model, Secret key) implements ModelBackend {
        /** @throws InvalidInput for an address that is no http address or has a query, and for a path that is none */
        public OpenAi {
            var scheme = base.getScheme();
            if (base.getHost() == null
                    || !("https".equals(scheme) || "http".equals(scheme))
                    || base.getRawQuery() != null
                    || base.getRawFragment() != null
                    || base.getRawUserInfo() != null) {
                throw new InvalidInput("base", "https://host[:port]/path, or http:// to a machine of one's own");
            }
            if (!path.matches("(/[a-zA-Z0-9._-]+)+")) {
                throw new InvalidInput("path", "such as /chat/completions");
            }
        }
    }
}
