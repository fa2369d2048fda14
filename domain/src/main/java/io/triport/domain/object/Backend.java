package io.triport.domain.object;

import io.triport.domain.identity.Secret;
import io.triport.domain.identity.WorkloadCredentials;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.net.URI;

/** Where the objects of a bucket lie. @see BucketBinding */
public sealed interface Backend {
    /** The process's memory: nothing survives it. */
    record Memory() implements Backend {}

    /** @param root a directory that belongs to one process; relative to the data directory of the app */
    record FileSystem(String root, Flush flush) implements Backend {
        public FileSystem(String root) {
            this(root, Flush.COMMIT);
        }
    }

    /** When what is written reaches the disk. */
    enum Flush {
        /** As it comes, so that a long write leaves nothing for its end. */
        ALWAYS,
        /** Before a write is answered. */
        COMMIT,
        /** When the system likes: an answered write may be lost with the power. */
        NEVER
    }

    /**
     * A bucket behind an S3 endpoint.
     *
     * @param endpoint http or https, without a path
     * @param bucket the name there
     */
    record S3(URI endpoint, String region, String bucket, Addressing addressing, Signer signer) implements Backend {}

    /**
     * Rows in the database of the app, and bytes behind an S3 endpoint.
     *
     * @param bytes where they lie, each run under a name of its own
     * @param prefix before those names; empty or with a slash at its end
     * @param index the name of the rows in the database; one index belongs to one place for bytes
     */
    record Indexed(S3 bytes, Bytes prefix, IndexName index) implements Backend {}

    /** 1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit. */
    record IndexName(String text) {
        public IndexName {
            if (!text.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}")) {
                throw new InvalidInput("index", "1..64 of a-z, A-Z, 0-9, '.', '_' and '-', a letter or digit first");
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Where an endpoint has the bucket's name. */
    enum Addressing {
        PATH,
        VIRTUAL_HOST
    }

    /** Who we are at an endpoint. */
    sealed interface Signer {
        /** Nobody: requests are not signed. */
        record Nobody() implements Signer {}

        /** @param sessionToken empty for a long-lived key */
        record Key(String id, Secret secret, Secret sessionToken) implements Signer {}

        /** A key that is fetched and renewed. @param target its name in {@link WorkloadCredentials} */
        record Fetched(WorkloadCredentials credentials, String target) implements Signer {}
    }
}
