package io.triport.identity.edge;

import io.triport.domain.identity.MechanismName;
import java.util.ArrayList;
import java.util.List;

/**
 * Mechanisms that the settings of an app add to one that its routes name: every route that takes that one takes these as well.
 *
 * @param beside the one that routes name
 */
public record AddedMechanisms(MechanismName beside, List<MechanismName> added) {
    /** Routes take what they name. */
    public static final AddedMechanisms NONE = new AddedMechanisms(MechanismName.PUBLIC, List.of());

    public AddedMechanisms {
        added = List.copyOf(added);
    }

    /** What a route takes, which names these. */
    public List<MechanismName> to(List<MechanismName> named) {
        var all = new ArrayList<>(named);
        if (named.contains(beside)) {
            all.addAll(added);
        }
        return all;
    }
}
