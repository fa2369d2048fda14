package io.triport.storage.durable;

/**
 * The right to write an object, until another has it.
 *
 * @param address with the object's name where it is stored
 * @param session of the node, among nodes that share the state
 * @param epoch greater than those of all tenures before
 */
public record Tenure(Address address, long session, long epoch) {}
