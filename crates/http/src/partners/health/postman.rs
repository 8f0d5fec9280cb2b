//! What telling people of trouble with their sources needs of `identity`.

use crate::partners::webhooks::Keeper;
use persistence::AnyConnection;
use persistence::troubles::Trouble;
use sync::digest::Postman;

impl Postman for Keeper {
    fn tell(&self, tx: &mut AnyConnection, trouble: &Trouble) -> persistence::Result<()> {
        self.0.tell_trouble(tx, trouble)
    }
}
