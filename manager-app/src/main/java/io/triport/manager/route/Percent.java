package io.triport.manager.route;

import io.triport.domain.request.InvalidInput;
import io.triport.manager.answer.Problem;

/** What an address says, in the manager's words where it says nothing. */
final class Percent {
    private Percent() {}

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for a broken triplet, and for bytes that are not UTF-8 */
    static String decode(String text) {
        try {
            return io.triport.identity.handler.Percent.decode(text);
        } catch (InvalidInput e) {
            throw Problem.INVALID_ARGUMENT.refused("The address is not percent-encoded UTF-8");
        }
    }
}
