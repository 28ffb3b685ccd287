"""What tests and `script/bench` serve in place of, or beside, the site as it is."""
