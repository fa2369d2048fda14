package io.triport.gateway.proxy;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.page.Invitation;
import io.triport.identity.page.OwnPages;
import io.triport.identity.page.Renewal;
import java.util.Map;

/** What identity says to callers itself. @param pages by the paths that they answer */
record Dialogue(
        Map<String, OwnPages> pages, Map<MechanismName, Invitation> invitations, Map<MechanismName, Renewal> renewals) {
    Dialogue {
        pages = Map.copyOf(pages);
    }
}
