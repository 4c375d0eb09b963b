"""The domain of Omsap: everything that services and workers agree on."""
