package io.triport.identity.policy;

import io.triport.domain.identity.EmailAddress;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads policies as the gateway page writes them (section 2). Each has exactly one kind of condition. */
public final class PolicyReader {
    private static final List<String> KINDS = List.of("all", "any", "emailIn", "claim", "scope", "role", "ip");

    private static final Value<EmailAddress> EMAIL =
            new Value<>("an e-mail address with an ASCII domain", EmailAddress::parse);
    private static final Value<Scope> SCOPE = new Value<>("a scope such as orders.write", Scope::new);
    private static final Value<Role> ROLE = new Value<>("a role of 1..255 characters", Role::new);
    private static final Value<String> NAME = new Value<>("a text that is not empty", text -> {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    });

    private PolicyReader() {}

    /** The policies by the names that the operator chose. @param section {@code policies} of the file */
    public static Map<String, Policy> readAll(Section section) {
        return Map.copyOf(section.each(PolicyReader::read));
    }

    /** @throws ConfigError for no condition, for more than one, and for an empty list anywhere in it */
    public static Policy read(Section section) {
        var kinds = KINDS.stream().filter(section::has).toList();
        if (kinds.size() != 1) {
            throw section.error(
                    kinds.size() > 1 ? kinds.getLast() : "policy",
                    kinds.isEmpty() ? "no condition" : kinds.toString(),
                    "exactly one of " + KINDS);
        }
        return switch (kinds.getFirst()) {
            case "all" -> new Policy.All(parts(section, "all"));
            case "any" -> new Policy.Any(parts(section, "any"));
            case "emailIn" -> new Policy.EmailIn(emails(section));
            case "claim" -> claim(section);
            case "scope" -> new Policy.HasScope(value(section, "scope", SCOPE, "A scope that the credential carries."));
            case "role" -> new Policy.HasRole(value(section, "role", ROLE, "A role that the issuer gives."));
            default -> addresses(section.section("ip"));
        };
    }

    private static List<Policy> parts(Section section, String name) {
        var parts = section.sections(name).stream().map(PolicyReader::read).toList();
        if (parts.isEmpty()) {
            throw section.error(name, "none", "at least one condition");
        }
        return parts;
    }

    private static Set<EmailAddress> emails(Section section) {
        var emails = section.list("emailIn", EMAIL, "Addresses of whom the issuer vouches for one.");
        if (emails.isEmpty()) {
            throw section.error("emailIn", "none", "at least one address");
        }
        return emails.stream().collect(Collectors.toUnmodifiableSet());
    }

    private static Policy claim(Section section) {
        var claim = value(section, "claim", NAME, "The name of a claim.");
        var contains = section.optional("contains", NAME, "A text that the claim, an array, has among its items.");
        var equal = section.optional("equals", NAME, "The text, number or truth value that the claim is.");
        if (contains.isPresent() == equal.isPresent()) {
            throw section.error("claim", claim, "one of contains and equals beside it");
        }
        return contains.<Policy>map(item -> new Policy.ClaimContains(claim, item))
                .orElseGet(() -> new Policy.ClaimEquals(claim, equal.orElseThrow()));
    }

    private static Policy addresses(Section section) {
        var allowed = blocks(section, "allow", "Addresses that are admitted; everywhere when it is left out.");
        var denied = blocks(section, "deny", "Addresses that are refused, also when they are allowed.");
        if (allowed.isEmpty() && denied.isEmpty()) {
            throw section.error("allow", "none", "allow, deny or both");
        }
        return new Policy.FromAddress(allowed, denied);
    }

    /** An empty list that was written out would admit everybody where the author meant nobody. */
    private static AddressSet blocks(Section section, String name, String about) {
        var blocks = section.list(name, Value.CIDR, about);
        if (section.has(name) && blocks.isEmpty()) {
            throw section.error(name, "none", "at least one block, or no such key");
        }
        return AddressSet.of(blocks);
    }

    private static <T> T value(Section section, String name, Value<T> value, String about) {
        return section.optional(name, value, about).orElseThrow(() -> section.error(name, "none", value.expectation()));
    }
}
