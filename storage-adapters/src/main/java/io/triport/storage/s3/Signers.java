package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.WorkloadCredential;
import io.triport.domain.identity.WorkloadCredentials;
import io.triport.domain.object.Backend;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Who we are at an endpoint, at this moment. */
record Signers(Backend.Signer signer) {
    /**
     * Empty where requests are not signed.
     *
     * @throws StorageFailure.Unavailable BACKEND_AUTHENTICATION while there is no key
     */
    Optional<AccessKey> key() {
        return switch (signer) {
            case Backend.Signer.Nobody nobody -> Optional.empty();
            case Backend.Signer.Key key -> Optional.of(new AccessKey(key.id(), key.secret(), key.sessionToken()));
            case Backend.Signer.Fetched fetched -> Optional.of(fetched(fetched));
        };
    }

    private static AccessKey fetched(Backend.Signer.Fetched fetched) {
        return switch (fetched.credentials().credential(fetched.target())) {
            case WorkloadCredentials.Answer.Held held -> held(held.credential(), fetched.target());
            case WorkloadCredentials.Answer.Unavailable none ->
                throw new StorageFailure.Unavailable(
                        FailureCode.BACKEND_AUTHENTICATION, "s3: no credential for " + fetched.target(), none.code());
        };
    }

    private static AccessKey held(WorkloadCredential credential, String target) {
        return switch (credential) {
            case WorkloadCredential.SigningKey key -> new AccessKey(key.id(), key.secret(), key.sessionToken());
            case WorkloadCredential.Bearer bearer ->
                throw new StorageFailure.Unavailable(
                        FailureCode.BACKEND_AUTHENTICATION, "s3: the credential of " + target + " signs nothing");
        };
    }

    static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
