package io.triport.domain.keyvalue;

/** What must hold of the present entry for a put to happen. An expired entry counts as absent. */
public sealed interface KvCondition {
    KvCondition ANY = new Any();
    KvCondition IF_ABSENT = new IfAbsent();

    static KvCondition ifVersion(KvVersion version) {
        return new IfVersion(version);
    }

    /** @param present the version of the live entry, {@link KvVersion#NONE} when there is none */
    boolean holds(KvVersion present);

    record Any() implements KvCondition {
        @Override
        public boolean holds(KvVersion present) {
            return true;
        }
    }

    record IfAbsent() implements KvCondition {
        @Override
        public boolean holds(KvVersion present) {
            return present.equals(KvVersion.NONE);
        }
    }

    record IfVersion(KvVersion version) implements KvCondition {
        @Override
        public boolean holds(KvVersion present) {
            return present.equals(version);
        }
    }
}
