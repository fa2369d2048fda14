package io.triport.identity.keyring;

import io.triport.domain.identity.Secret;
import io.triport.testkit.SeededRandomness;
import java.util.stream.LongStream;

/** Keyrings that are the same in every run. */
public final class TestKeyrings {
    private TestKeyrings() {}

    /** @param seeds a secret each, the first signs */
    public static Keyring of(long... seeds) {
        return new Keyring(LongStream.of(seeds).mapToObj(TestKeyrings::secret).toList());
    }

    static MasterSecret secret(long seed) {
        return MasterSecret.of(Secret.of(Base64Url.encode(new SeededRandomness(seed).bytes(32))));
    }
}
