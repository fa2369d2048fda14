package io.triport.storage.s3;

import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.request.Bytes;
import java.net.URI;
import java.util.List;

/** An endpoint of a test outside of this package. */
public final class TestEndpoint implements AutoCloseable {
    private final S3Server server = S3Server.start();

    /** Its bucket, signed for. */
    public Backend.S3 backend() {
        return server.backend();
    }

    public URI uri() {
        return server.uri();
    }

    /** The bucket, over connections of its own. */
    public ObjectStore store() {
        return server.store();
    }

    /** The same bucket, from another process. */
    public static ObjectStore store(URI endpoint) {
        var key = new Backend.Signer.Key(S3Server.KEY_ID, Secret.of(S3Server.SECRET), Secret.of(""));
        return S3Server.open(S3Server.backend(endpoint, key));
    }

    public List<String> keys() {
        return server.model().keys();
    }

    public Bytes bytes(String key) {
        var stored = server.model().get(key);
        if (stored == null) {
            throw new AssertionError(key + ": not there");
        }
        return stored.bytes();
    }

    /** As somebody would who has the bucket too. */
    public void remove(String key) {
        server.model().remove(key);
    }

    /** The methods of the requests so far, with the names of their queries. */
    public List<String> requests() {
        return server.seen().stream()
                .map(seen -> seen.method() + " " + seen.query().keySet())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
