package io.triport.gateway.config;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.util.Map;
import java.util.TreeMap;

/** Reads a mechanism by its type. */
final class MechanismReader {
    /** Reads the settings of one type under the name that routes use. */
    interface Type {
        PlannedMechanism plan(MechanismName name, Section section);
    }

    private static final String PUBLIC = "public";

    private final Map<String, Type> types = new TreeMap<>();

    MechanismSettings read(Section section) {
        if (!section.name().matches("[a-z][a-z0-9-]{0,31}")) {
            throw section.error(section.name(), section.name(), "a name of 1..32 characters of a-z 0-9 -");
        }
        var words = PUBLIC + "|" + String.join("|", types.keySet());
        var type = section.optional("type", Value.matching(words, words.replace("|", ", ")), "What it verifies.")
                .orElseThrow(() -> section.error("type", "missing", words.replace("|", ", ")));
        if (type.equals(PUBLIC)) {
            return new MechanismSettings(
                    section.name(), type, MechanismName.PUBLIC, new MechanismSettings.Plan.Everybody());
        }
        var name = new MechanismName(section.name());
        if (name.equals(MechanismName.PUBLIC) || name.equals(MechanismName.SYSTEM)) {
            throw section.error(
                    section.name(), section.name(), "another name, since this one has a meaning of its own");
        }
        var reader = types.get(type);
        if (reader == null) {
            throw new IllegalStateException("type: " + type);
        }
        return new MechanismSettings(
                section.name(), type, name, new MechanismSettings.Plan.Made(reader.plan(name, section)));
    }
}
