package io.triport.identity.sts;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AccessKeys;
import io.triport.domain.identity.Principal;
import io.triport.identity.sigv4.Signatory;
import java.util.Optional;

/** Who asks STS for something, by what the gate found. */
record Caller(Principal principal, AccessKeys keys) {
    private static final String ACCOUNT = "000000000000";

    /** The long-lived key that the request was signed with; empty for a session. */
    Optional<AccessKey> key() {
        return principal.issuer().equals(Signatory.ACCESS_KEYS)
                ? keys.find(new AccessKeyId(principal.credential().text())).filter(AccessKey::enabled)
                : Optional.empty();
    }

    StsAnswer.Caller identity() {
        var role = principal.roles().stream().findFirst();
        var name = principal.claims().text("session").orElse("");
        return role.isPresent()
                ? new StsAnswer.Caller(
                        role(role.get().text(), name).arn(),
                        role(role.get().text(), name).roleId())
                : new StsAnswer.Caller(
                        "arn:aws:iam::" + ACCOUNT + ":user/"
                                + principal.subject().text(),
                        principal.credential().text());
    }

    /** How a session of a role is named. */
    static StsAnswer.AssumedRole role(String role, String session) {
        return new StsAnswer.AssumedRole(
                "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role + "/" + session,
                FreshKeys.roleId(role) + ":" + session);
    }

    static String account() {
        return ACCOUNT;
    }
}
