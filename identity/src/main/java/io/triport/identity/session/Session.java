package io.triport.identity.session;

import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.InvalidInput;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One browser that logged in.
 *
 * @param sid names the session where it is revoked: 1 to 128 letters, digits, hyphens, underscores
 * @param issuer who said that the subject is who it is
 * @param claims what the issuer said beside the name; a session that has any is hidden from its bearer
 * @param authenticatedAt when the login was
 * @param issuedAt when the cookie was made or renewed last
 * @param expiresAt when it ends unless it is renewed before
 */
public record Session(
        String sid,
        Issuer issuer,
        Subject subject,
        Set<Role> roles,
        Set<Scope> scopes,
        Claims claims,
        Instant authenticatedAt,
        Instant issuedAt,
        Instant expiresAt) {
    public Session {
        roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
        scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        if (!sid.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new InvalidInput("sid", "1..128 characters of A-Z a-z 0-9 _ -");
        }
    }

    /** Whether the cookie says of a person what others should not read where cookies end up: an address, a name. */
    boolean personal() {
        return !claims.equals(Claims.NONE) || subject.text().indexOf('@') >= 0;
    }

    Session renewed(Instant now, Instant end) {
        return new Session(sid, issuer, subject, roles, scopes, claims, authenticatedAt, now, end);
    }
}
