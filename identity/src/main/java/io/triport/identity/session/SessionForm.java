package io.triport.identity.session;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A session as JSON, with the names that tokens have for the same things. */
final class SessionForm {
    private static final String SUBJECT = "sub";
    private static final String ISSUER = "iss";
    private static final String ROLES = "roles";
    private static final String SCOPES = "scp";
    private static final String SID = "sid";
    private static final String ISSUED_AT = "iat";
    private static final String EXPIRES_AT = "exp";
    private static final String AUTHENTICATED_AT = "auth_time";
    private static final String CLAIMS = "claims";

    private SessionForm() {}

    static Bytes write(Session session) {
        var members = new LinkedHashMap<String, ClaimValue>();
        members.put(SUBJECT, new ClaimValue.Text(session.subject().text()));
        members.put(ISSUER, new ClaimValue.Text(session.issuer().text()));
        members.put(ROLES, texts(session.roles(), Role::text));
        members.put(SCOPES, texts(session.scopes(), Scope::text));
        members.put(SID, new ClaimValue.Text(session.sid()));
        members.put(AUTHENTICATED_AT, seconds(session.authenticatedAt()));
        members.put(ISSUED_AT, seconds(session.issuedAt()));
        members.put(EXPIRES_AT, seconds(session.expiresAt()));
        if (!session.claims().equals(Claims.NONE)) {
            members.put(CLAIMS, session.claims().tree());
        }
        return ClaimJson.write(new ClaimValue.Members(members));
    }

    /** @throws InvalidInput for anything that {@link #write} does not make */
    static Session read(Bytes json) {
        var members = ClaimJson.read(json).members();
        return new Session(
                text(members, SID),
                new Issuer(text(members, ISSUER)),
                new Subject(text(members, SUBJECT)),
                set(members, ROLES, Role::new),
                set(members, SCOPES, Scope::new),
                members.get(CLAIMS) instanceof ClaimValue.Members claims ? new Claims(claims) : Claims.NONE,
                moment(members, AUTHENTICATED_AT),
                moment(members, ISSUED_AT),
                moment(members, EXPIRES_AT));
    }

    private static <T> ClaimValue texts(Set<T> values, Function<T, String> text) {
        return new ClaimValue.Listing(
                values.stream().map(text).<ClaimValue>map(ClaimValue.Text::new).toList());
    }

    private static ClaimValue seconds(Instant moment) {
        return new ClaimValue.Numeric(BigDecimal.valueOf(moment.getEpochSecond()));
    }

    private static String text(Map<String, ClaimValue> members, String name) {
        return text(members.get(name), name);
    }

    private static String text(@org.jspecify.annotations.Nullable ClaimValue value, String name) {
        if (value instanceof ClaimValue.Text(var text)) {
            return text;
        }
        throw new InvalidInput(name, "a text");
    }

    private static <T> Set<T> set(Map<String, ClaimValue> members, String name, Function<String, T> of) {
        if (members.get(name) instanceof ClaimValue.Listing(var items)) {
            var set = new LinkedHashSet<T>();
            items.forEach(item -> set.add(of.apply(text(item, name))));
            return set;
        }
        throw new InvalidInput(name, "a list of texts");
    }

    private static Instant moment(Map<String, ClaimValue> members, String name) {
        try {
            if (members.get(name) instanceof ClaimValue.Numeric(var number)) {
                return Instant.ofEpochSecond(number.longValueExact());
            }
        } catch (ArithmeticException | java.time.DateTimeException e) {
            // Falls through to the one error of this member.
        }
        throw new InvalidInput(name, "whole seconds since the epoch");
    }
}
