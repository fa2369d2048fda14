package io.triport.identity.sts;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.jose.StrictJson;
import io.triport.identity.signer.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A session as JSON with short names, because a token has room for 4 KiB only. */
final class SessionForm {
    private static final StrictJson JSON = new StrictJson(8, 64);
    private static final String ID = "k";
    private static final String SECRET = "s";
    private static final String ROLE = "r";
    private static final String PARENT = "o";
    private static final String SUBJECT = "u";
    private static final String NAME = "n";
    private static final String PERMISSIONS = "p";

    /** Permissions within a parent's. In the place of the others, so that whoever does not know this opens nothing. */
    private static final String WITHIN = "w";

    private static final String ISSUED = "i";
    private static final String EXPIRES = "e";
    private static final String TOKEN_ID = "t";

    private SessionForm() {}

    static Bytes write(Session session) {
        var members = new LinkedHashMap<String, ClaimValue>();
        members.put(ID, text(session.id().text()));
        members.put(SECRET, text(session.secret().use(bytes -> new String(bytes, StandardCharsets.UTF_8))));
        var role = session.role();
        if (role != null) {
            members.put(ROLE, text(role.text()));
        }
        var parent = session.parent();
        if (parent != null) {
            members.put(PARENT, text(parent.text()));
        }
        members.put(SUBJECT, text(session.subject()));
        members.put(NAME, text(session.name()));
        members.put(session.within() ? WITHIN : PERMISSIONS, PermissionForm.write(session.permissions()));
        members.put(ISSUED, seconds(session.issuedAt()));
        members.put(EXPIRES, seconds(session.expiresAt()));
        members.put(TOKEN_ID, text(session.tokenId()));
        return Bytes.utf8(JsonText.of(new ClaimValue.Members(members)));
    }

    /** @throws InvalidInput for anything that {@link #write} does not make */
    static Session read(Bytes json) {
        var members = JSON.read(json)
                .orElseThrow(() -> new InvalidInput("session", "an object of JSON"))
                .members();
        var within = members.containsKey(WITHIN);
        return new Session(
                new AccessKeyId(text(members, ID)),
                Secret.of(text(members, SECRET)),
                members.containsKey(ROLE) ? new RoleId(text(members, ROLE)) : null,
                members.containsKey(PARENT) ? new AccessKeyId(text(members, PARENT)) : null,
                text(members, SUBJECT),
                text(members, NAME),
                PermissionForm.read(members.get(within ? WITHIN : PERMISSIONS)),
                moment(members, ISSUED),
                moment(members, EXPIRES),
                text(members, TOKEN_ID),
                within);
    }

    private static ClaimValue text(String text) {
        return new ClaimValue.Text(text);
    }

    private static ClaimValue seconds(Instant moment) {
        return new ClaimValue.Numeric(BigDecimal.valueOf(moment.getEpochSecond()));
    }

    private static String text(Map<String, ClaimValue> members, String name) {
        if (members.get(name) instanceof ClaimValue.Text(var text)) {
            return text;
        }
        throw new InvalidInput("session", "a text as " + name);
    }

    private static Instant moment(Map<String, ClaimValue> members, String name) {
        try {
            if (members.get(name) instanceof ClaimValue.Numeric(var number)) {
                return Instant.ofEpochSecond(number.longValueExact());
            }
        } catch (ArithmeticException | java.time.DateTimeException e) {
            // Falls through to the one error of this member.
        }
        throw new InvalidInput("session", "whole seconds as " + name);
    }
}
