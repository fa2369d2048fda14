package io.triport.testkit;

/**
 * What every store of objects promises. The tag of a test names the case of the contract that it belongs to; the cases stand in the
 * classes that this one extends, one subject each.
 */
public abstract class ObjectStoreContract extends ObjectHistoryCases {}
