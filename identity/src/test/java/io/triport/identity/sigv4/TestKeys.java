package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AccessKeys;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.identity.jwt.TestRevocations;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Keys of callers, and mechanisms that know them. */
final class TestKeys {
    static final String ID = "AKIAIOSFODNN7EXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    static final Permissions EVERYTHING = Permissions.of(
            new Permission(EnumSet.allOf(Action.class), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));

    private TestKeys() {}

    static AccessKey key(String id, String secret) {
        return new AccessKey(
                new AccessKeyId(id),
                Secret.of(secret),
                new Subject("alice"),
                EVERYTHING,
                Set.of(),
                false,
                true,
                Instant.MAX);
    }

    static AccessKeys only(AccessKey key) {
        return id -> Optional.of(key).filter(known -> known.id().equals(id));
    }

    static Signatory session(String id, String secret) {
        return new Signatory(
                new AccessKeyId(id),
                Secret.of(secret),
                new Issuer("sts"),
                new Subject("reader/ci"),
                Set.of(),
                Claims.NONE,
                EVERYTHING,
                Instant.EPOCH,
                Instant.MAX);
    }

    static SigV4Mechanism mechanism(SigV4Settings settings, AccessKeys keys, SessionTokens sessions) {
        return new SigV4Mechanism(SigV4Mechanism.NAME, settings, keys, sessions, guard());
    }

    static SigV4Mechanism s3() {
        return mechanism(SigV4Settings.s3("us-east-1"), only(key(ID, SECRET)), SessionTokens.NONE);
    }

    static RevocationGuard guard() {
        return new RevocationGuard(new TestRevocations(), RevocationRule.SOFT);
    }
}
