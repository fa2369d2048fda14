package io.triport.manager.access;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.manager.answer.Problem;

/** Who asks, and what he may do. */
public record Caller(Standing standing, Rights rights) {
    /** Somebody with a role for everything. */
    public static Caller of(Standing standing, ManagerRole role) {
        return new Caller(standing, Rights.everywhere(role));
    }

    /** How jobs and the audit name him. */
    public String user() {
        return standing.user();
    }

    /** The highest that he has anywhere. */
    public ManagerRole role() {
        return rights.highest().orElse(ManagerRole.AUDITOR);
    }

    /** @throws io.triport.manager.answer.Refused NAMESPACE_READ_ONLY */
    public void requireOpen(NamespaceTitle title) {
        if (rights.readOnly().contains(title.text())) {
            throw Problem.NAMESPACE_READ_ONLY.refused();
        }
    }

    /** @throws io.triport.manager.answer.Refused FORBIDDEN for everybody but an admin of everything */
    public void requireAdmin() {
        if (!rights.administer()) {
            throw Problem.FORBIDDEN.refused();
        }
    }

    /** @throws io.triport.manager.answer.Refused FORBIDDEN for everybody but an admin of the whole namespace */
    public void requireAdmin(NamespaceTitle title) {
        require(ManagerRole.ADMIN, title);
    }

    /** @throws io.triport.manager.answer.Refused FORBIDDEN for who does not have the role, or a higher one, for every key of it */
    public void require(ManagerRole least, NamespaceTitle title) {
        if (!rights.hold(least, title)) {
            throw Problem.FORBIDDEN.refused();
        }
    }

    /** @throws io.triport.manager.answer.Refused FORBIDDEN for who sees a part of the namespace only */
    public void requireWhole(NamespaceTitle title) {
        if (!rights.whole(title)) {
            throw Problem.FORBIDDEN.refused("This is for who may see all of the namespace");
        }
    }
}
