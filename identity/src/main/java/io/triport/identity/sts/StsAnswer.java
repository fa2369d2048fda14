package io.triport.identity.sts;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.Secret;
import java.time.Instant;

/** What an action of STS ends with. */
public sealed interface StsAnswer {
    /** Short-lived credentials, shown this once. @param expiresAt in whole seconds */
    record Credentials(AccessKeyId id, Secret secret, String token, Instant expiresAt) {
        /** The id alone: the token is as good as the secret. */
        @Override
        public String toString() {
            return "Credentials[" + id + "]";
        }
    }

    /** Who a role's session is. @param roleId as {@code AROA..:name} */
    record AssumedRole(String arn, String roleId) {}

    /** {@code AssumeRole}. @param policyPercent of the room for policies, 0 when none was sent */
    record Assumed(Credentials credentials, AssumedRole user, int policyPercent) implements StsAnswer {}

    /** {@code AssumeRoleWithWebIdentity}. */
    record AssumedByToken(
            Credentials credentials,
            AssumedRole user,
            String subject,
            String audience,
            String provider,
            int policyPercent)
            implements StsAnswer {}

    /** {@code GetSessionToken}. */
    record SessionToken(Credentials credentials) implements StsAnswer {}

    /** {@code GetCallerIdentity}. */
    record Caller(String arn, String userId) implements StsAnswer {}

    /** It was not done. */
    record Refused(StsProblem problem) implements StsAnswer {}
}
