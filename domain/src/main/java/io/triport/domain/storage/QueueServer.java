package io.triport.domain.storage;

import io.triport.domain.identity.Secret;
import java.util.regex.Pattern;

/**
 * A NATS server on which all queues of an app lie, or a cluster of them. All else stays on the engine.
 *
 * @param address such as {@code nats://127.0.0.1:4222}, without credentials; with {@code tls} what passes is enciphered
 * @param user empty where the server asks for a password or token alone, or for nothing
 * @param password empty for none
 * @param stream that the queues have to themselves: 1 to 64 letters, digits, hyphens and underscores
 * @param replicas on how many servers of the cluster it lies, 1, 3 or 5; with 3 or more an answered write survives the loss of any one
 */
public record QueueServer(String address, String user, Secret password, String stream, int replicas) {
    private static final Pattern STREAM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public QueueServer {
        if (!STREAM.matcher(stream).matches()) {
            throw new IllegalArgumentException(
                    "stream: " + stream + " (expected: 1..64 letters, digits, hyphens and underscores)");
        }
        if (replicas != 1 && replicas != 3 && replicas != 5) {
            throw new IllegalArgumentException("replicas: " + replicas + " (expected: 1, 3 or 5)");
        }
    }
}
