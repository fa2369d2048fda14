package io.triport.domain.storage;

import java.util.Locale;

/**
 * What an engine may be able to do, or not (storage contract, section 1.1). An engine declares what it can do in its
 * {@link EngineInfo}; whoever wires something that needs it asks there. Written in lower case, with hyphens, wherever people read it.
 */
public enum Capability {
    /** No process but this one has the data: another that wants it is refused, or has data of its own. */
    ALONE,
    /** Keeps records of audit in a table of its own. */
    AUDIT,
    /** Takes namespaces whose ids were given elsewhere. @see StorageEngine#adopt */
    GIVEN_IDS,
    /** Commits writes of several stores together. @see StorageEngine#together */
    UNITS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
