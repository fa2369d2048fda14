package io.triport.manager.access;

import io.triport.domain.identity.Principal;
import io.triport.manager.answer.Problem;

/**
 * Who asks.
 *
 * @param user how jobs and the audit name him: an e-mail address, or {@code service:} and {@code key:} with a name
 */
public record Caller(String user, ManagerRole role) {
    /** @throws io.triport.manager.answer.Refused FORBIDDEN for everybody but an admin */
    public void requireAdmin() {
        if (role != ManagerRole.ADMIN) {
            throw Problem.FORBIDDEN.refused();
        }
    }

    static Caller of(Principal principal, ManagerRole role) {
        return new Caller(user(principal), role);
    }

    private static String user(Principal principal) {
        var email = principal.claims().email();
        if (email.isPresent()) {
            return email.get().text();
        }
        var subject = principal.subject().text();
        if (principal.kind() == Principal.Kind.HUMAN) {
            return subject;
        }
        return (principal.mechanism().equals(Mechanisms.ACCESS) ? "service:" : "key:") + subject;
    }
}
